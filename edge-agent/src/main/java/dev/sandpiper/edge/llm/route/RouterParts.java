package dev.sandpiper.edge.llm.route;

import dev.sandpiper.edge.config.Secret;
import dev.sandpiper.edge.config.SecretRef;
import dev.sandpiper.edge.ledger.Ledger;
import dev.sandpiper.edge.llm.prompts.Prompts;
import dev.sandpiper.edge.store.Database;
import java.util.function.Function;

/// What a router works with.
///
/// @param ledger sets money aside, and writes down what was spent
/// @param adapters make what speaks to providers
/// @param secrets fetches a key from its place; throws [dev.sandpiper.edge.config.ConfigException]
///   when it is not there
/// @param prompts for the words behind a prompt's name
/// @param notices takes what the owner must be told
public record RouterParts(
    Database database,
    Ledger ledger,
    Adapters adapters,
    Function<SecretRef, Secret> secrets,
    Prompts prompts,
    Notices notices) {}
