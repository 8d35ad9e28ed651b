package dev.sandpiper.edge;

import dev.sandpiper.edge.llm.route.Notices;
import dev.sandpiper.edge.store.Tx;
import java.util.Locale;

/// Tells the owners what is wrong with models.
record OwnerNotices(OwnerMail mail) implements Notices {

  @Override
  public void tell(Tx tx, Notice notice) {
    String key =
        "model.notice." + notice.trouble().name().toLowerCase(Locale.ROOT).replace('_', '-');
    mail.write(tx, voice -> voice.say(key, notice.provider(), notice.key()));
  }
}
