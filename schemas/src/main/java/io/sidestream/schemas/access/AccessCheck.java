package io.sidestream.schemas.access;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.CreateTopicsOptions;
import org.apache.kafka.clients.admin.DescribeConsumerGroupsOptions;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.TransactionalIdNotFoundException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.resource.ResourceType;
import org.jspecify.annotations.Nullable;

/**
 * Asks a broker which of some permissions its authorizer denies, and which topics are missing.
 * Nothing is changed by it.
 */
final class AccessCheck {
  /*
   * Brokers tell what is allowed on a topic or group that they describe. Of names with one
   * beginning, the beginning itself is asked about, as though it were a name: no resource is
   * called so, but a prefixed permission covers it; of topics, those that exist. Where a broker
   * does not tell (an older one, or none of Apache's), nothing is denied here and the request
   * itself will be.
   */
  private final Admin admin;
  private final List<Acl> acls;
  private final Set<String> missingTopics = new LinkedHashSet<>();
  private final Set<Acl> denied = new LinkedHashSet<>();

  AccessCheck(Admin admin, List<Acl> acls) {
    this.admin = admin;
    this.acls = List.copyOf(acls);
  }

  void run() throws ExecutionException, InterruptedException {
    topics();
    groups();
    transactions();
    creations();
  }

  Collection<String> missingTopics() {
    return missingTopics;
  }

  Collection<Acl> denied() {
    return denied;
  }

  private void topics() throws ExecutionException, InterruptedException {
    Map<String, List<Acl>> byName = topicsByName();
    DescribeTopicsOptions withOperations =
        new DescribeTopicsOptions().includeAuthorizedOperations(true);
    var described = admin.describeTopics(byName.keySet(), withOperations).topicNameValues();
    for (Map.Entry<String, List<Acl>> wanted : byName.entrySet()) {
      try {
        compare(
            wanted.getValue(),
            requireNonNull(described.get(wanted.getKey())).get().authorizedOperations());
      } catch (ExecutionException e) {
        if (e.getCause() instanceof UnknownTopicOrPartitionException) {
          missingTopics.add(wanted.getKey());
        } else {
          deny(wanted.getValue(), e);
        }
      }
    }
  }

  private void groups() throws ExecutionException, InterruptedException {
    Map<String, List<Acl>> byName = all(ResourceType.GROUP);
    if (byName.isEmpty()) {
      return;
    }
    DescribeConsumerGroupsOptions withOperations =
        new DescribeConsumerGroupsOptions().includeAuthorizedOperations(true);
    var described = admin.describeConsumerGroups(byName.keySet(), withOperations).describedGroups();
    for (Map.Entry<String, List<Acl>> wanted : byName.entrySet()) {
      try {
        compare(
            wanted.getValue(),
            requireNonNull(described.get(wanted.getKey())).get().authorizedOperations());
      } catch (ExecutionException e) {
        if (!(e.getCause() instanceof GroupIdNotFoundException)) {
          deny(wanted.getValue(), e);
        }
      }
    }
  }

  private void transactions() throws ExecutionException, InterruptedException {
    Map<String, List<Acl>> byName = all(ResourceType.TRANSACTIONAL_ID);
    if (byName.isEmpty()) {
      return;
    }
    var described = admin.describeTransactions(byName.keySet());
    for (Map.Entry<String, List<Acl>> wanted : byName.entrySet()) {
      try {
        described.description(wanted.getKey()).get();
      } catch (ExecutionException e) {
        if (!(e.getCause() instanceof TransactionalIdNotFoundException)) {
          deny(wanted.getValue(), e);
        }
      }
    }
  }

  /** Topics that an application creates itself are not there to be described yet. */
  private void creations() throws ExecutionException, InterruptedException {
    CreateTopicsOptions onlyAsking = new CreateTopicsOptions().validateOnly(true);
    for (Acl acl : acls) {
      if (acl.isPrefixed() && acl.operation() == AclOperation.CREATE) {
        NewTopic topic = new NewTopic(acl.name(), Optional.of(1), Optional.empty());
        await(admin.createTopics(List.of(topic), onlyAsking).all(), List.of(acl));
      }
    }
  }

  private void await(KafkaFuture<?> asked, List<Acl> wanted)
      throws ExecutionException, InterruptedException {
    try {
      asked.get();
    } catch (ExecutionException e) {
      if (!(e.getCause() instanceof InvalidTopicException)) {
        deny(wanted, e);
      }
    }
  }

  private void compare(List<Acl> wanted, @Nullable Set<AclOperation> allowed) {
    if (allowed != null && !allowed.isEmpty()) {
      wanted.stream().filter(acl -> !allowed.contains(acl.operation())).forEach(denied::add);
    }
  }

  private void deny(List<Acl> wanted, ExecutionException e) throws ExecutionException {
    if (!(e.getCause() instanceof AuthorizationException)) {
      throw e;
    }
    denied.addAll(wanted);
  }

  private Map<String, List<Acl>> topicsByName() throws ExecutionException, InterruptedException {
    Map<String, List<Acl>> byName = new LinkedHashMap<>();
    for (Map.Entry<String, List<Acl>> wanted : all(ResourceType.TOPIC).entrySet()) {
      if (!wanted.getValue().get(0).isPrefixed()) {
        byName.put(wanted.getKey(), wanted.getValue());
        continue;
      }
      for (String topic : admin.listTopics().names().get()) {
        if (topic.startsWith(wanted.getKey())) {
          byName.put(topic, wanted.getValue());
        }
      }
    }
    return byName;
  }

  private Map<String, List<Acl>> all(ResourceType type) {
    Map<String, List<Acl>> byName = new LinkedHashMap<>();
    acls.stream()
        .filter(acl -> acl.resource() == type)
        .forEach(acl -> byName.computeIfAbsent(acl.name(), name -> new ArrayList<>()).add(acl));
    return byName;
  }
}
