package io.sidestream.schemas.kafka;

import static io.sidestream.schemas.kafka.TopicDifference.PARTITIONS;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.common.config.ConfigResource;

/** Alters existing topics where nothing that they hold is harmed. */
public final class TopicAlteration {
  private TopicAlteration() {}

  /**
   * Alters the differences that can be altered, and leaves the others.
   *
   * @return those that were altered
   */
  public static List<TopicDifference> alter(Admin admin, List<TopicDifference> differences)
      throws InterruptedException, ExecutionException {
    List<TopicDifference> altered = new ArrayList<>();
    Map<ConfigResource, Collection<AlterConfigOp>> configs = new HashMap<>();
    Map<String, NewPartitions> partitions = new HashMap<>();
    for (TopicDifference difference : differences) {
      if (difference.isAlterable()) {
        altered.add(difference);
        if (difference.property().equals(PARTITIONS)) {
          int count = Integer.parseInt(difference.wanted());
          partitions.put(difference.topic(), NewPartitions.increaseTo(count));
        } else {
          configs
              .computeIfAbsent(
                  TopicComparison.resource(difference.topic()), topic -> new ArrayList<>())
              .add(set(difference));
        }
      }
    }
    admin.incrementalAlterConfigs(configs).all().get();
    admin.createPartitions(partitions).all().get();
    return altered;
  }

  private static AlterConfigOp set(TopicDifference difference) {
    return new AlterConfigOp(
        new ConfigEntry(difference.property(), difference.wanted()), AlterConfigOp.OpType.SET);
  }
}
