package io.sidestream.broker;

import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.server.ServerSocketFactory;

/**
 * Server sockets of the broker on 127.0.0.1, bound before anything else starts, so that a busy port
 * is found before any file is opened.
 */
final class LoopbackSockets implements ServerSocketFactory, AutoCloseable {
  static final String HOST = "127.0.0.1";
  private static final int BACKLOG = 128;

  private final Map<String, ServerSocketChannel> waiting = new ConcurrentHashMap<>();

  /** Binds a socket for a listener, to a free port when 0; returns the port. */
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

  /** Closes the sockets that Kafka has not taken over. */
  @Override
  public void close() throws IOException {
    for (ServerSocketChannel channel : waiting.values()) {
      channel.close();
    }
    waiting.clear();
  }
}
