package io.sidestream.experiments.run;

import io.sidestream.experiments.data.CaseGroup;
import io.sidestream.experiments.data.ExperimentData;
import io.sidestream.learning.evaluation.EvaluationCase;
import io.sidestream.model.resources.Hashes;
import io.sidestream.schemas.Interaction;
import io.sidestream.schemas.Item;
import io.sidestream.schemas.Search;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.TreeMap;

/** Digest of a split: equal digests mean equal items, events and cases. */
final class Fingerprint {
  private final MessageDigest digest = Hashes.newSha256();

  private Fingerprint() {}

  /** The SHA-256 of a split, as hexadecimal digits. */
  static String of(ExperimentData data) {
    Fingerprint fingerprint = new Fingerprint();
    data.training().items().forEach(fingerprint::add);
    data.training().interactions().forEach(fingerprint::add);
    data.training().searches().forEach(fingerprint::add);
    data.validation().forEach(fingerprint::add);
    data.test().forEach(fingerprint::add);
    return Hashes.hex(fingerprint.digest.digest());
  }

  private void add(Item item) {
    add(item.id() + "\t" + item.title());
    add(new TreeMap<>(item.texts()).toString()); // maps have no order of their own
    add(new TreeMap<>(item.attributes()).toString());
  }

  private void add(Interaction one) {
    add(one.user() + "\t" + one.item() + "\t" + one.weight() + "\t" + one.at());
  }

  private void add(Search one) {
    add(one.query() + "\t" + one.clicked() + "\t" + one.user() + "\t" + one.at());
  }

  private void add(CaseGroup group) {
    add(group.name());
    for (EvaluationCase one : group.cases()) {
      add(one.query() + "\t" + one.relevant());
    }
  }

  private void add(String line) {
    digest.update(line.getBytes(StandardCharsets.UTF_8));
    digest.update((byte) '\n');
  }
}
