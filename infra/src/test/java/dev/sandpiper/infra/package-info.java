/// Audits the CloudFormation templates in `infra`: a list of rules, each proven by a template that
/// breaks it.
///
/// Called by: the tests here, and nothing else. Calls: the YAML reader. Invariant: the templates as
/// they stand break no rule; every rule has a template that breaks it alone; no network, no
/// account.
@NullMarked
package dev.sandpiper.infra;

import org.jspecify.annotations.NullMarked;
