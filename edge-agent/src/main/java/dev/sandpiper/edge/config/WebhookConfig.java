package dev.sandpiper.edge.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Another program to talk with: a `[webhooks.NAME]` section.
///
/// @param name its account is `webhook:NAME`, its door `/hooks/NAME`
/// @param secrets where its signing secrets are, at least one
/// @param url where answers go; empty: nowhere
public record WebhookConfig(String name, List<SecretRef> secrets, Optional<String> url) {

  /// Where Telegram's updates come in, in webhook mode. It is taken in every mode: a change of mode
  /// must not find somebody else there.
  private static final String TELEGRAM = "telegram";

  public WebhookConfig {
    secrets = List.copyOf(secrets);
  }

  static List<WebhookConfig> from(List<SectionValues> sections) {
    return sections.stream()
        .filter(section -> section.section() == Section.WEBHOOKS)
        .map(WebhookConfig::from)
        .toList();
  }

  private static WebhookConfig from(SectionValues section) {
    return new WebhookConfig(
        section.name(),
        section.values().secrets(WebhookKey.SECRETS),
        section.values().findText(WebhookKey.URL));
  }

  static List<ConfigProblem> problems(List<SectionValues> sections) {
    List<ConfigProblem> problems = new ArrayList<>();
    for (SectionValues section : sections) {
      if (section.section() != Section.WEBHOOKS) {
        continue;
      }
      WebhookConfig webhook = from(section);
      if (webhook.name().equals(TELEGRAM)) {
        problems.add(
            section.problem(
                WebhookKey.SECRETS,
                "/hooks/telegram is the door of Telegram's own updates; give this section another"
                    + " name, for instance [webhooks.telegram-bridge]"));
      }
      if (webhook.secrets().isEmpty()) {
        problems.add(
            section.problem(
                WebhookKey.SECRETS, "needs at least one, for instance [\"env:HOOK_SECRET\"]"));
      }
      if (webhook.url().isPresent() && !BaseUrl.isSafe(webhook.url().get())) {
        problems.add(section.problem(WebhookKey.URL, BaseUrl.RULE));
      }
    }
    return problems;
  }
}
