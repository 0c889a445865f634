package io.sidestream.schemas;

import static io.sidestream.schemas.Checks.check;

import java.io.Serializable;
import java.nio.file.Path;
import java.util.regex.Pattern;

/**
 * The names of one catalogue in a cluster: each topic, consumer group, transactional id, Flink job
 * and directory of state has its name from here, so that systems of different namespaces share a
 * cluster and a work directory without sharing anything in them.
 *
 * @param prefix what every name begins with; empty, or its end is one of {@code . _ -}
 * @param catalogue the catalogue; the one named {@value #DEFAULT_CATALOGUE} adds nothing to names
 */
public record Namespace(String prefix, String catalogue) implements Serializable {
  private static final Pattern LEGAL = Pattern.compile("[a-zA-Z0-9._-]+");
  private static final Pattern PREFIX = Pattern.compile("([a-zA-Z0-9][a-zA-Z0-9._-]*[._-])?");
  private static final Pattern CATALOGUE = Pattern.compile("[a-zA-Z0-9][a-zA-Z0-9_-]*");
  private static final String DIRECTORIES = "namespaces";

  /** The catalogue whose topics have plain names. */
  public static final String DEFAULT_CATALOGUE = "default";

  /** Neither prefix nor catalogue in the names. */
  public static final Namespace DEFAULT = new Namespace("", DEFAULT_CATALOGUE);

  /** Most characters that Kafka allows in the name of a topic. */
  public static final int MAX_NAME = 249;

  /** Most characters of an application id: Kafka Streams appends to it in the names of topics. */
  public static final int MAX_APPLICATION_ID =
      MAX_NAME - "-interactions-by-user-repartition".length();

  /** Most characters of prefix and catalogue together: it leaves room for each plain name. */
  public static final int MAX_QUALIFIER = MAX_APPLICATION_ID - "sidestream-index".length();

  public Namespace {
    check(
        PREFIX.matcher(prefix).matches(),
        "topic prefix is \"%s\", expected a letter or digit, then letters, digits, dots,"
            + " underscores and hyphens, and one of the last three at the end",
        prefix);
    check(
        CATALOGUE.matcher(catalogue).matches()
            && catalogue.length() <= TrainingRequest.MAX_CATALOGUE,
        "catalogue is \"%s\", expected 1 to %d letters, digits, underscores and hyphens,"
            + " the first a letter or digit",
        catalogue,
        TrainingRequest.MAX_CATALOGUE);
    int length = qualifier(prefix, catalogue).length();
    check(
        length <= MAX_QUALIFIER,
        "topic prefix and catalogue take %d characters of each name, at most %d are allowed",
        length,
        MAX_QUALIFIER);
  }

  /** What the names of this namespace begin with. */
  public String qualifier() {
    return qualifier(prefix, catalogue);
  }

  private static String qualifier(String prefix, String catalogue) {
    return catalogue.equals(DEFAULT_CATALOGUE) ? prefix : prefix + catalogue + ".";
  }

  /** A plain name, qualified. */
  public String qualify(String plain) {
    return qualifier() + plain;
  }

  /** The plain name of a qualified one; others stay as they are. */
  public String plain(String name) {
    return name.startsWith(qualifier()) ? name.substring(qualifier().length()) : name;
  }

  /** Consumer group of a Flink job. */
  public String ingestGroup(String job) {
    return ingestGroups() + job;
  }

  /** What the groups and the transactional ids of all Flink jobs begin with. */
  public String ingestGroups() {
    return qualify("sidestream-ingest-");
  }

  /**
   * What the transactional ids of one sink begin with.
   *
   * @param output distinguishes the sinks of the job
   */
  public String transactionalIdPrefix(String job, String output) {
    return ingestGroup(job) + "-" + output;
  }

  /** Consumer group of the trainer. */
  public String trainerGroup() {
    return qualify("sidestream-trainer-" + catalogue);
  }

  /**
   * Application id of Kafka Streams, which is its consumer group and the beginning of the names of
   * its internal topics.
   *
   * @param id as it is set
   */
  public String applicationId(String id) {
    String name = qualify(id);
    checkName("application id", name, MAX_APPLICATION_ID);
    return name;
  }

  /** Consumer group that answers the prompts of an application. */
  public String answeringGroup(String applicationId) {
    return applicationId + "-answering";
  }

  /** Consumer group that tests an application's generations with what comes. */
  public String testingGroup(String applicationId) {
    return applicationId + "-testing";
  }

  /** Transactional id of a replay of the rejected records of a topic. */
  public String replayTransaction(Topic topic) {
    return replayTransactions() + plain(topic.name());
  }

  /** What the transactional ids of all replays begin with. */
  public String replayTransactions() {
    return qualify("sidestream-replay-");
  }

  /** Name of the folder of this namespace among those of others. */
  public String folder() {
    String qualifier = qualifier();
    if (qualifier.isEmpty()) {
      return DEFAULT_CATALOGUE;
    }
    int end = qualifier.length() - (qualifier.endsWith(".") ? 1 : 0);
    return DIRECTORIES + "/" + qualifier.substring(0, end);
  }

  /** The directory of this namespace in another one, which is itself that of the default. */
  public Path directory(Path base) {
    return qualifier().isEmpty() ? base : base.resolve(folder());
  }

  /** Checks a name as Kafka checks those of topics, with a limit of its own. */
  static void checkName(String kind, String name, int max) {
    check(!name.isBlank(), "%s is blank", kind);
    check(
        name.length() <= max,
        "%s %s has %d characters, at most %d are allowed",
        kind,
        name,
        name.length(),
        max);
    check(
        LEGAL.matcher(name).matches() && !name.equals(".") && !name.equals(".."),
        "%s is \"%s\", expected letters, digits, dots, underscores and hyphens",
        kind,
        name);
  }
}
