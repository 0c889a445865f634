package io.sidestream.chaos.container;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sidestream.chaos.FaultLeftOutException;
import io.sidestream.chaos.schedule.Fault;
import io.sidestream.chaos.schedule.Target;
import io.sidestream.schemas.UserErrorException;
import io.sidestream.schemas.settings.Settings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ContainerSystemTest {
  private static final Settings SETTINGS =
      Settings.of(
          Map.of(
              "kafka.bootstrap.servers",
              "127.0.0.1:29092",
              "admin.token",
              "a-token-of-16-letters"));

  private static final Set<Fault> OF_THE_SYSTEM =
      EnumSet.of(Fault.POISON, Fault.SWAP, Fault.ROLLBACK);

  @TempDir Path directory;

  private ScriptedEngine engine;
  private ContainerSystem system;

  @BeforeEach
  void open() throws Exception {
    engine = new ScriptedEngine(directory);
    system = ContainerSystem.of(engine.engine(), "p", SETTINGS);
    engine.takeCommands();
  }

  @Test
  void begin_kill_killsTheContainerAndStartsIt() throws Exception {
    assertEquals(
        List.of("kill --signal KILL p-kafka-1", "start p-kafka-1"),
        commands(Fault.KILL, Target.BROKER));
    assertEquals(
        List.of("kill --signal KILL p-flink-taskmanager-1", "start p-flink-taskmanager-1"),
        commands(Fault.KILL, Target.FLINK_TASKMANAGER));
  }

  @Test
  void begin_restart_stopsInOrderAndStarts() throws Exception {
    assertEquals(
        List.of("stop --time 240 p-ingest-1", "start p-ingest-1"),
        commands(Fault.RESTART, Target.INGEST));
  }

  @Test
  void begin_cut_leavesTheNetworkAndComesBackUnderItsName() throws Exception {
    assertEquals(
        List.of(
            "network disconnect p_sidestream p-flink-jobmanager-1",
            "network connect --alias flink-jobmanager p_sidestream p-flink-jobmanager-1"),
        commands(Fault.CUT, Target.FLINK_JOBMANAGER));
  }

  @Test
  void begin_deletedState_deletesThatOfTheVolumeOfTheKilledIndex() throws Exception {
    assertEquals(
        List.of(
            "kill --signal KILL p-index-10",
            "inspect --format {{.Config.Image}} p-index-10",
            "run --rm --network none --volumes-from p-index-10 --entrypoint rm sidestream:1 -rf"
                + " /var/lib/sidestream/index",
            "start p-index-10"),
        commands(Fault.DELETED_STATE, Target.INDEX_2));
  }

  private List<String> commands(Fault fault, Target target) throws Exception {
    system.begin(fault, target, new SplittableRandom(1)).end();
    return engine.takeCommands();
  }

  @Test
  void begin_faultsFromInside_areLeftOutWithAReason() throws Exception {
    assertEquals(
        "the volume of a container is not reached", leftOut(Fault.FLIPPED_BITS, Target.INDEX_1));
    assertEquals(
        "the volume of a container is not reached", leftOut(Fault.FULL_DISK, Target.INDEX_1));
    assertEquals("an engine has no slow networks", leftOut(Fault.DELAY, Target.TRAINER));
    assertEquals(List.of(), engine.takeCommands());
  }

  private String leftOut(Fault fault, Target target) {
    return assertThrows(
            FaultLeftOutException.class, () -> system.begin(fault, target, new SplittableRandom(1)))
        .getMessage();
  }

  /** Each pair that a schedule may deal is one that has its commands, or a reason. */
  @Test
  void begin_everyFaultOfEveryProcess_isDoneOrLeftOut() throws Exception {
    for (Fault fault : EnumSet.complementOf(EnumSet.copyOf(OF_THE_SYSTEM))) {
      for (Target target : fault.targets()) {
        try {
          system.begin(fault, target, new SplittableRandom(1));
          assertFalse(engine.takeCommands().isEmpty(), fault + " of " + target);
        } catch (FaultLeftOutException e) {
          assertEquals(List.of(), engine.takeCommands(), fault + " of " + target);
        }
      }
    }
  }

  @Test
  void end_engineThatFails_saysWhatItSaid() throws Exception {
    var over = system.begin(Fault.PAUSE, Target.TRAINER, new SplittableRandom(1));
    String said = assertThrows(IOException.class, over::end).getMessage();
    assertTrue(
        said.endsWith("unpause p-trainer-1 ended with exit code 1: no such container"), said);
    assertEquals(List.of("pause p-trainer-1", "unpause p-trainer-1"), engine.takeCommands());
  }

  @Test
  void revive_countOfTheEngineThatGrew_isAnEndByItself() throws Exception {
    List<String> ends = new ArrayList<>();
    engine.restarts(3);
    system.revive((target, how) -> ends.add(target.label() + " " + how));
    system.revive((target, how) -> ends.add(target.label() + " " + how));
    assertEquals(List.of(), ends, "what was before is no end of this run");
    engine.restarts(0); // started by a command
    system.revive((target, how) -> ends.add(target.label() + " " + how));
    assertEquals(List.of(), ends);
    engine.restarts(2);
    system.revive((target, how) -> ends.add(target.label() + " " + how));
    assertEquals(7, ends.size());
    assertEquals("broker ended by itself, and was started 2 times", ends.get(0));
  }

  @Test
  void admin_index_isAtItsAddressWithTheToken() throws Exception {
    var pages = system.admin(Target.INDEX_1);
    assertEquals("http://127.0.0.1:8480", pages.toString());
    assertEquals("a-token-of-16-letters", pages.token().orElseThrow());
    assertEquals(
        List.of(
            "inspect --format {{(index .NetworkSettings.Networks \"p_sidestream\").IPAddress}}"
                + " p-index-2"),
        engine.takeCommands());
  }

  @Test
  void of_oneIndexAlone_isRefused() throws Exception {
    engine.containers("kafka 1 k\ningest 1 i\ntrainer 1 t\nindex 1 x\n");
    assertEquals(
        "project p has 1 containers of service index, expected 2",
        assertThrows(
                UserErrorException.class, () -> ContainerSystem.of(engine.engine(), "p", SETTINGS))
            .getMessage());
  }
}
