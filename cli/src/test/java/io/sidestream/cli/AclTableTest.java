package io.sidestream.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sidestream.client.Connection;
import io.sidestream.index.IndexConfig;
import io.sidestream.schemas.access.Acl;
import io.sidestream.schemas.access.Role;
import io.sidestream.schemas.settings.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * Holds the table of ACLs in the documentation to the list in the code. With {@code
 * -Dacls.write=true} the test writes the table.
 */
class AclTableTest {
  private static final Path PAGE = Path.of("..", "docs", "operate", "secured-clusters.md");
  private static final String BEGIN = "<!-- acls:begin -->\n";
  private static final String END = "<!-- acls:end -->";
  private static final int MAX_LINE = 139;

  @Test
  void page_tableOfAcls_isCurrent() throws IOException {
    String before = Files.readString(PAGE);
    assertTrue(before.contains(BEGIN) && before.contains(END), "no markers in " + PAGE);
    String after =
        before.substring(0, before.indexOf(BEGIN) + BEGIN.length())
            + table()
            + before.substring(before.indexOf(END));
    if (Boolean.getBoolean("acls.write")) {
      Files.writeString(PAGE, after);
    }
    assertEquals(
        after, Files.readString(PAGE), PAGE + " is stale; write it with -Dacls.write=true");
  }

  private static String table() {
    StringBuilder table = new StringBuilder("| role | allow | on |\n|---|---|---|\n");
    roles()
        .forEach(
            (role, acls) ->
                byOperations(acls)
                    .forEach(
                        (allowed, names) ->
                            lines(names)
                                .forEach(line -> table.append(row(role.text(), allowed, line)))));
    return table.toString();
  }

  /** Each role's permissions, with the settings' defaults. */
  private static Map<Role, List<Acl>> roles() {
    Settings defaults = Settings.of(Map.of());
    Connection connection = Connection.of(defaults);
    IndexConfig index = IndexConfig.from(defaults);
    Map<Role, List<Acl>> roles = new EnumMap<>(Role.class);
    for (Role role : Role.values()) {
      roles.put(role, AclsCommand.of(role, connection, index));
    }
    return roles;
  }

  /** Operations and kind of resource → names that they are allowed on. */
  private static Map<String, Set<String>> byOperations(List<Acl> acls) {
    Map<String, Set<String>> operations = new LinkedHashMap<>();
    for (Acl acl : acls) {
      String name = "`" + acl.name() + (acl.isPrefixed() ? "*" : "") + "`";
      operations
          .computeIfAbsent(acl.kind() + " " + name, key -> new TreeSet<>())
          .add(acl.operationName());
    }
    Map<String, Set<String>> names = new TreeMap<>();
    operations.forEach(
        (resource, allowed) -> {
          String[] parts = resource.split(" ", 2);
          names
              .computeIfAbsent(
                  String.join(", ", allowed) + " \u2013 " + parts[0], key -> new TreeSet<>())
              .add(parts[1]);
        });
    return names;
  }

  /** The names, in as many lines as they need. */
  private static List<String> lines(Set<String> names) {
    StringBuilder lines = new StringBuilder();
    int length = 0;
    for (String name : names) {
      boolean breaks = length > 0 && length + name.length() > MAX_LINE - 72;
      lines.append(length == 0 ? "" : breaks ? "\n" : ", ").append(name);
      length = breaks ? name.length() : length + name.length() + 2;
    }
    return lines.toString().lines().collect(Collectors.toList());
  }

  private static String row(String role, String allowed, String names) {
    String[] parts = allowed.split(" \u2013 ", 2);
    String row = "| %s | %s | %s %s |\n".formatted(role, parts[0], parts[1], names);
    assertTrue(row.length() <= MAX_LINE, "too long: " + row);
    return row;
  }
}
