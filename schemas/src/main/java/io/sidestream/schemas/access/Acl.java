package io.sidestream.schemas.access;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourceType;

/**
 * A permission: one operation on the resources of a name, or of names with one beginning.
 *
 * @param pattern literal, or prefixed
 */
public record Acl(ResourceType resource, PatternType pattern, String name, AclOperation operation) {
  /** Operations on one topic. */
  static List<Acl> topic(String name, AclOperation... operations) {
    return all(ResourceType.TOPIC, PatternType.LITERAL, name, operations);
  }

  /** Operations on the topics whose names begin alike. */
  static List<Acl> topics(String prefix, AclOperation... operations) {
    return all(ResourceType.TOPIC, PatternType.PREFIXED, prefix, operations);
  }

  /** Membership in one consumer group. */
  static List<Acl> group(String name) {
    return all(ResourceType.GROUP, PatternType.LITERAL, name, AclOperation.READ);
  }

  /** Membership in the consumer groups whose names begin alike. */
  static List<Acl> groups(String prefix) {
    return all(ResourceType.GROUP, PatternType.PREFIXED, prefix, AclOperation.READ);
  }

  /** Transactions whose ids begin alike. */
  static List<Acl> transactions(String prefix) {
    return all(ResourceType.TRANSACTIONAL_ID, PatternType.PREFIXED, prefix, AclOperation.WRITE);
  }

  private static List<Acl> all(
      ResourceType resource, PatternType pattern, String name, AclOperation... operations) {
    return Arrays.stream(operations)
        .map(operation -> new Acl(resource, pattern, name, operation))
        .toList();
  }

  /** For example {@code Read on topic items}, {@code Write on transactional-id sidestream-*}. */
  @Override
  public String toString() {
    return operationName() + " on " + kind() + " " + name + (isPrefixed() ? "*" : "");
  }

  /** Whether it is about all names with one beginning. */
  public boolean isPrefixed() {
    return pattern == PatternType.PREFIXED;
  }

  /** The operation as Kafka's tools write it, for example {@code DescribeConfigs}. */
  public String operationName() {
    StringBuilder words = new StringBuilder();
    for (String word : operation.name().split("_", -1)) {
      words.append(word.charAt(0)).append(word.substring(1).toLowerCase(Locale.ROOT));
    }
    return words.toString();
  }

  /** The kind of resource as Kafka's tools write it, for example {@code transactional-id}. */
  public String kind() {
    return resource.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
