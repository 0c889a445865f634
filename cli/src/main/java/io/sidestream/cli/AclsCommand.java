package io.sidestream.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import io.sidestream.client.Connection;
import io.sidestream.index.IndexConfig;
import io.sidestream.schemas.Topics;
import io.sidestream.schemas.access.Acl;
import io.sidestream.schemas.access.Acls;
import io.sidestream.schemas.access.Role;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Prints what a cluster with an authorizer must allow, without asking the cluster. */
@Command(
    name = "acls",
    description = "Print the ACLs that each role needs, as commands of kafka-acls.sh.",
    mixinStandardHelpOptions = true)
final class AclsCommand implements Runnable {
  private static final String PRINCIPAL = "User:sidestream-";

  /** What a shell takes as it stands. */
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9._:=,/@-]+");

  @Spec CommandSpec spec;
  @Mixin ConnectionOption connection;
  @Mixin OutputOption output;

  @Option(
      names = "--role",
      paramLabel = "ROLE",
      description = "One role of: ${COMPLETION-CANDIDATES} (default: all).")
  @Nullable Role role;

  @Option(
      names = "--principal",
      paramLabel = "TYPE:NAME",
      description = "Who has that role (default: User:sidestream-ROLE).")
  @Nullable String principal;

  @Override
  public void run() {
    Usage.check(spec, principal == null || role != null, "--principal is given without --role");
    Connection cluster = connection.connection();
    IndexConfig index = IndexConfig.from(connection.settings());
    PrintWriter out = spec.commandLine().getOut();
    List<Role> roles = role == null ? List.of(Role.values()) : List.of(role);
    if (output.isJson()) {
      ArrayNode array = Json.array();
      roles.forEach(each -> of(each, cluster, index).forEach(acl -> add(array, each, acl)));
      out.println(Json.text(array));
      return;
    }
    for (Role each : roles) {
      out.println("# " + each.text() + ": " + each.meaning());
      byResource(of(each, cluster, index))
          .values()
          .forEach(acls -> out.println(line(cluster.bootstrapServers(), principal(each), acls)));
    }
  }

  /** The permissions of a role, with the names that the settings give. */
  static List<Acl> of(Role role, Connection cluster, IndexConfig index) {
    Topics topics = cluster.topics();
    return switch (role) {
      case PRODUCER -> Acls.producer(topics);
      case INGEST -> Acls.ingest(topics);
      case TRAINER -> Acls.trainer(topics);
      case INDEX -> Acls.index(topics, index.applicationId(), index.replyTopics());
      case CLIENT -> Acls.client(topics);
      case GATEWAY -> Acls.gateway(topics);
      case OPERATOR -> Acls.operator(topics);
    };
  }

  /** Permissions on one resource together. */
  static Map<String, List<Acl>> byResource(List<Acl> acls) {
    Map<String, List<Acl>> grouped = new LinkedHashMap<>();
    acls.forEach(
        acl ->
            grouped
                .computeIfAbsent(acl.kind() + acl.pattern() + acl.name(), key -> new ArrayList<>())
                .add(acl));
    return grouped;
  }

  private String principal(Role each) {
    return principal == null ? PRINCIPAL + each.text() : principal;
  }

  private static String line(String servers, String principal, List<Acl> acls) {
    Acl any = acls.get(0);
    return "kafka-acls.sh --bootstrap-server %s --command-config admin.properties --add"
            .formatted(quoted(servers))
        + " --allow-principal %s --%s %s"
            .formatted(quoted(principal), any.kind(), quoted(any.name()))
        + (any.isPrefixed() ? " --resource-pattern-type prefixed" : "")
        + acls.stream()
            .map(acl -> " --operation " + acl.operationName())
            .collect(Collectors.joining());
  }

  /** A word of a shell. */
  static String quoted(String word) {
    return PLAIN.matcher(word).matches() ? word : "'" + word.replace("'", "'\\''") + "'";
  }

  private static void add(ArrayNode array, Role role, Acl acl) {
    array
        .addObject()
        .put("role", role.text())
        .put("resource", acl.kind())
        .put("name", acl.name())
        .put("prefixed", acl.isPrefixed())
        .put("operation", acl.operationName());
  }
}
