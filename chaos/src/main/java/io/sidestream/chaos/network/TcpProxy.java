package io.sidestream.chaos.network;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;

/** A way to a port of this machine that can be cut, and made slow. */
public final class TcpProxy implements AutoCloseable {
  /*
   * While it is cut, bytes wait as they do when packets are lost and sent again: no connection
   * ends, and what was under way arrives later. A cut with a reset ends all connections as well,
   * and new ones wait to be taken.
   */
  private static final int BUFFER = 64 * 1024;
  private static final int BACKLOG = 128;

  private final int target;
  private final ServerSocket server;
  private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
  private final ExecutorService threads = Executors.newCachedThreadPool(TcpProxy::thread);
  private volatile Duration delay = Duration.ZERO;
  private boolean cut;
  private volatile boolean closed;

  private TcpProxy(ServerSocket server, int target) {
    this.server = server;
    this.target = target;
  }

  /**
   * Starts on a free port of the loopback.
   *
   * @param target port of the loopback to which it leads
   */
  public static TcpProxy start(int target) throws IOException {
    TcpProxy proxy =
        new TcpProxy(new ServerSocket(0, BACKLOG, InetAddress.getLoopbackAddress()), target);
    proxy.threads.execute(proxy::accept);
    return proxy;
  }

  private static Thread thread(Runnable work) {
    Thread thread = new Thread(work, "proxy");
    thread.setDaemon(true);
    return thread;
  }

  /** Where clients connect. */
  public int port() {
    return server.getLocalPort();
  }

  /** Lets nothing through any more; what is sent waits. */
  public synchronized void cut() {
    cut = true;
  }

  /** The same, and ends all connections. */
  public void cutAndReset() {
    cut();
    sockets.forEach(TcpProxy::close);
  }

  /** Whole again, and fast. */
  public synchronized void heal() {
    cut = false;
    delay = Duration.ZERO;
    notifyAll();
  }

  /** Holds every piece back for a while, in both directions. */
  public void delay(Duration each) {
    delay = each;
  }

  private void accept() {
    while (!closed) {
      try {
        connect(server.accept());
      } catch (IOException e) {
        // One connection less, or closed.
      }
    }
  }

  private void connect(Socket client) throws IOException {
    sockets.add(client);
    awaitWhole();
    try {
      Socket service = new Socket(InetAddress.getLoopbackAddress(), target);
      sockets.add(service);
      threads.execute(() -> pump(client, service));
      threads.execute(() -> pump(service, client));
    } catch (IOException e) {
      close(client);
      sockets.remove(client);
      throw e;
    }
  }

  private void pump(Socket from, Socket to) {
    try {
      from.setTcpNoDelay(true);
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      byte[] buffer = new byte[BUFFER];
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        LockSupport.parkNanos(delay.toNanos());
        awaitWhole();
        out.write(buffer, 0, read);
      }
    } catch (IOException e) {
      // One of both ends has gone: so does the other.
    } finally {
      close(from);
      close(to);
      sockets.remove(from);
      sockets.remove(to);
    }
  }

  private synchronized void awaitWhole() throws IOException {
    while (cut && !closed) {
      try {
        wait();
      } catch (InterruptedException e) {
        throw new IOException(e);
      }
    }
  }

  private static void close(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      // It is of no use any more.
    }
  }

  @Override
  public void close() throws IOException {
    closed = true;
    heal();
    server.close();
    sockets.forEach(TcpProxy::close);
    threads.shutdownNow();
  }
}
