package io.sidestream.chaos.network;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Ports of the loopback that are free now, and that no outgoing connection takes later. */
public final class FreePorts {
  /** Linux takes those of outgoing connections from 32768 on. */
  private static final int LOW = 20_000;

  private static final int HIGH = 32_000;
  private static final int ATTEMPTS = 1_000;

  private FreePorts() {}

  /** Some different ones, in an order of this randomness. */
  public static List<Integer> find(int count, SplittableRandom random) throws IOException {
    List<Integer> found = new ArrayList<>();
    for (int i = 0; i < ATTEMPTS && found.size() < count; i++) {
      int port = random.nextInt(LOW, HIGH);
      if (!found.contains(port) && isFree(port)) {
        found.add(port);
      }
    }
    if (found.size() < count) {
      throw new IOException("fewer than " + count + " of the ports from 20000 to 32000 are free");
    }
    return found;
  }

  private static boolean isFree(int port) {
    try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      return socket.isBound();
    } catch (IOException e) {
      return false;
    }
  }
}
