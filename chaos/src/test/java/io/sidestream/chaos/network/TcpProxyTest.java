package io.sidestream.chaos.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A proxy before a service that sends each byte back. */
class TcpProxyTest {
  private static final int SHORT_MILLIS = 150;
  private static final int LONG_MILLIS = 10_000;

  private ServerSocket service;
  private TcpProxy proxy;

  @BeforeEach
  void start() throws IOException {
    service = new ServerSocket(0, 8, InetAddress.getLoopbackAddress());
    Thread thread = new Thread(this::serve, "echo");
    thread.setDaemon(true);
    thread.start();
    proxy = TcpProxy.start(service.getLocalPort());
  }

  @AfterEach
  void stop() throws IOException {
    proxy.close();
    service.close();
  }

  private void serve() {
    while (!service.isClosed()) {
      try {
        Socket socket = service.accept();
        Thread thread = new Thread(() -> echo(socket), "echo");
        thread.setDaemon(true);
        thread.start();
      } catch (IOException e) {
        return;
      }
    }
  }

  private static void echo(Socket socket) {
    try (socket) {
      for (int read = socket.getInputStream().read();
          read >= 0;
          read = socket.getInputStream().read()) {
        socket.getOutputStream().write(read);
      }
    } catch (IOException e) {
      // The client has gone.
    }
  }

  @Test
  void whole_passesBytesBothWays() throws IOException {
    try (Socket client = connect()) {
      assertEquals(7, echo(client, 7, LONG_MILLIS));
    }
  }

  @Test
  void cut_bytesWaitAndArriveWhenItIsHealed() throws IOException {
    try (Socket client = connect()) {
      assertEquals(1, echo(client, 1, LONG_MILLIS));
      proxy.cut();
      assertThrows(SocketTimeoutException.class, () -> echo(client, 2, SHORT_MILLIS));
      proxy.heal();
      client.setSoTimeout(LONG_MILLIS);
      assertEquals(2, client.getInputStream().read());
    }
  }

  @Test
  void cutAndReset_endsConnectionsAndHoldsNewOnesUntilItIsHealed() throws IOException {
    try (Socket before = connect()) {
      assertEquals(1, echo(before, 1, LONG_MILLIS));
      proxy.cutAndReset();
      before.setSoTimeout(LONG_MILLIS);
      assertTrue(isOver(before));
    }
    try (Socket after = connect()) {
      assertThrows(SocketTimeoutException.class, () -> echo(after, 3, SHORT_MILLIS));
      proxy.heal();
      after.setSoTimeout(LONG_MILLIS);
      assertEquals(3, after.getInputStream().read());
    }
  }

  @Test
  void delay_holdsBackInBothDirections() throws IOException {
    try (Socket client = connect()) {
      assertEquals(1, echo(client, 1, LONG_MILLIS));
      proxy.delay(Duration.ofMillis(100));
      long start = System.nanoTime();
      assertEquals(2, echo(client, 2, LONG_MILLIS));
      assertTrue(System.nanoTime() - start >= 200_000_000, "twice 100 ms");
    }
  }

  @Test
  void freePorts_some_areDifferentAndFree() throws IOException {
    List<Integer> ports = FreePorts.find(5, new SplittableRandom(3));
    assertEquals(5, new HashSet<>(ports).size());
    for (int port : ports) {
      new ServerSocket(port, 1, InetAddress.getLoopbackAddress()).close();
    }
  }

  private static boolean isOver(Socket socket) {
    try {
      return socket.getInputStream().read() < 0;
    } catch (IOException e) {
      return true;
    }
  }

  private Socket connect() throws IOException {
    return new Socket(InetAddress.getLoopbackAddress(), proxy.port());
  }

  private static int echo(Socket client, int sent, int timeoutMillis) throws IOException {
    client.setSoTimeout(timeoutMillis);
    client.getOutputStream().write(sent);
    return client.getInputStream().read();
  }
}
