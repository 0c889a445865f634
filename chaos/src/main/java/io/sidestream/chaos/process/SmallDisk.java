package io.sidestream.chaos.process;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** A small file system in memory, which can be filled up. Gone when this process ends. */
public final class SmallDisk implements AutoCloseable {
  private static final String FILLER = "filler";
  private static final int BLOCK = 1 << 20;
  private static final String WITH_A_GUARD =
      "mount -t tmpfs -o size=\"$1\"m tmpfs \"$2\" || exit 1; echo mounted; read -r over;"
          + " umount -l \"$2\"";

  private final Path root;
  private final Process guard;

  private SmallDisk(Path root, Process guard) {
    this.root = root;
    this.guard = guard;
  }

  /** Mounts one on a directory; empty where this process may not. */
  public static Optional<SmallDisk> mount(Path root, int mebibytes) throws IOException {
    Files.createDirectories(root);
    Process guard =
        new ProcessBuilder(
                "sh", "-c", WITH_A_GUARD, "disk", Integer.toString(mebibytes), root.toString())
            .redirectErrorStream(true)
            .start();
    String answer = guard.inputReader().readLine();
    return "mounted".equals(answer) ? Optional.of(new SmallDisk(root, guard)) : Optional.empty();
  }

  /** Takes all space that is left. */
  public void fill() throws IOException {
    byte[] block = new byte[BLOCK];
    try (OutputStream out = Files.newOutputStream(root.resolve(FILLER))) {
      for (int size = BLOCK; size > 0; ) {
        size = write(out, block, size) ? size : size / 2;
      }
    }
  }

  /** Whether there was space for that number of bytes. */
  private static boolean write(OutputStream out, byte[] block, int size) {
    try {
      out.write(block, 0, size);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  /** Gives the space back. */
  public void free() throws IOException {
    Files.deleteIfExists(root.resolve(FILLER));
  }

  @Override
  public void close() {
    try (OutputStream end = guard.getOutputStream()) {
      end.write('\n');
    } catch (IOException e) {
      // The guard has gone, and the disk with it.
    }
    guard.onExit().join();
  }
}
