package io.sidestream.chaos.container;

import io.sidestream.chaos.schedule.Target;
import io.sidestream.schemas.UserErrorException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The containers of a Docker Compose project that are targets of faults.
 *
 * @param network that all of them are in
 * @param names of the containers
 */
record StackContainers(String network, Map<Target, String> names) {
  private static final Map<Target, String> SERVICES =
      Map.of(
          Target.BROKER, "kafka",
          Target.INGEST, "ingest",
          Target.TRAINER, "trainer",
          Target.INDEX_1, "index",
          Target.INDEX_2, "index",
          Target.FLINK_JOBMANAGER, "flink-jobmanager",
          Target.FLINK_TASKMANAGER, "flink-taskmanager");

  private static final String NETWORK = "sidestream";
  private static final String LABEL = "com.docker.compose.";

  StackContainers {
    names = Map.copyOf(names);
  }

  /**
   * Finds them by the labels that Compose gives.
   *
   * @throws UserErrorException where a service has too few
   */
  static StackContainers find(ContainerEngine engine, String project)
      throws IOException, InterruptedException {
    String listed =
        engine.run(
            "ps",
            "--all",
            "--filter",
            "label=" + LABEL + "project=" + project,
            "--filter",
            "label=" + LABEL + "oneoff=False",
            "--format",
            "{{.Label \""
                + LABEL
                + "service\"}} {{.Label \""
                + LABEL
                + "container-number\"}}"
                + " {{.Names}}");
    Map<String, Map<Integer, String>> services = new HashMap<>();
    listed
        .lines()
        .map(line -> line.split(" "))
        .filter(words -> words.length == 3)
        .forEach(
            words ->
                services
                    .computeIfAbsent(words[0], service -> new TreeMap<>())
                    .put(Integer.valueOf(words[1]), words[2]));
    return new StackContainers(project + "_" + NETWORK, chosen(project, services));
  }

  private static Map<Target, String> chosen(
      String project, Map<String, Map<Integer, String>> services) {
    Map<Target, String> names = new EnumMap<>(Target.class);
    Map<String, Integer> taken = new HashMap<>();
    for (Target target : SERVICES.keySet().stream().sorted().toList()) {
      String service = service(target);
      List<String> found = new ArrayList<>(services.getOrDefault(service, Map.of()).values());
      int number = taken.merge(service, 1, Integer::sum);
      if (found.size() < number) {
        throw new UserErrorException(
            "project %s has %d containers of service %s, expected %d",
            project, found.size(), service, number);
      }
      names.put(target, found.get(number - 1));
    }
    return names;
  }

  /** The service of a target, which is also its name in the network. */
  static String service(Target target) {
    String service = SERVICES.get(target);
    if (service == null) {
      throw new IllegalArgumentException("no service is " + target);
    }
    return service;
  }

  String name(Target target) {
    String name = names.get(target);
    if (name == null) {
      throw new IllegalArgumentException("no container is " + target);
    }
    return name;
  }
}
