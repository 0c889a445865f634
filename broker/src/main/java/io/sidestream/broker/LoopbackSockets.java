package io.sidestream.broker;

import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.server.ServerSocketFactory;

/**
 * The broker's server sockets, bound before anything else starts, so that a port is known, or known
 * to be taken, before any file is touched. 127.0.0.1 only.
 */
final class LoopbackSockets implements ServerSocketFactory, AutoCloseable {
  static final String HOST = "127.0.0.1";
  private static final int BACKLOG = 128;

  private final Map<String, ServerSocketChannel> waiting = new ConcurrentHashMap<>();

  /** Binds a socket for a listener; the port is free to choose when 0. Returns the bound port. */
  int bind(String listener, int port) throws IOException {
    ServerSocketChannel channel = ServerSocketChannel.open();
    try {
      channel.bind(new InetSocketAddress(HOST, port), BACKLOG);
    } catch (BindException e) {
      channel.close();
      throw new IOException("port " + port + " on " + HOST + " is busy, expected a free port", e);
    }
    waiting.put(listener, channel);
    return channel.socket().getLocalPort();
  }

  @Override
  public ServerSocketChannel openServerSocket(
      String listener, InetSocketAddress address, int backlog, int receiveBuffer)
      throws IOException {
    ServerSocketChannel channel = waiting.remove(listener);
    if (channel == null) {
      throw new IOException("no socket is bound for listener " + listener);
    }
    if (receiveBuffer > 0) {
      channel.socket().setReceiveBufferSize(receiveBuffer);
    }
    channel.configureBlocking(false);
    return channel;
  }

  /** Closes the sockets that no one has taken over. */
  @Override
  public void close() throws IOException {
    for (ServerSocketChannel channel : waiting.values()) {
      channel.close();
    }
    waiting.clear();
  }
}
