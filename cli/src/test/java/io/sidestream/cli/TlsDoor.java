package io.sidestream.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;

/** A server on 127.0.0.1 that shows one certificate, and says nothing to who takes it. */
final class TlsDoor implements AutoCloseable {
  private final SSLServerSocket socket;
  private final Thread thread = new Thread(this::run, "tls-door");
  private final AtomicInteger passed = new AtomicInteger();

  private TlsDoor(SSLServerSocket socket) {
    this.socket = socket;
  }

  /** Opens one with the key of a name in a store. */
  static TlsDoor open(Path store, String name) throws IOException, GeneralSecurityException {
    char[] password = Certificates.PASSWORD.toCharArray();
    KeyStore all = KeyStore.getInstance(store.toFile(), password);
    KeyStore one = empty();
    one.setKeyEntry(name, all.getKey(name, password), password, all.getCertificateChain(name));
    KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(one, password);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), null, null);
    TlsDoor door =
        new TlsDoor(
            (SSLServerSocket)
                context
                    .getServerSocketFactory()
                    .createServerSocket(0, 50, InetAddress.getLoopbackAddress()));
    door.thread.start();
    return door;
  }

  /** Writes a store that trusts the certificate of a name in another one. */
  static void trust(Path store, String name, Path trusting)
      throws IOException, GeneralSecurityException {
    char[] password = Certificates.PASSWORD.toCharArray();
    Certificate certificate = KeyStore.getInstance(store.toFile(), password).getCertificate(name);
    KeyStore trusted = empty();
    trusted.setCertificateEntry(name, certificate);
    try (OutputStream out = Files.newOutputStream(trusting)) {
      trusted.store(out, password);
    }
  }

  private static KeyStore empty() throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    return store;
  }

  /** How many took the certificate. */
  int passed() {
    return passed.get();
  }

  String address() {
    return "127.0.0.1:" + socket.getLocalPort();
  }

  private void run() {
    while (!socket.isClosed()) {
      try (SSLSocket client = (SSLSocket) socket.accept()) {
        client.startHandshake();
        if (client.getInputStream().read() >= 0) { // with TLS 1.3 a client refuses after that
          passed.incrementAndGet();
        }
      } catch (SSLException e) {
        // The client did not take it, as the test expects of some.
      } catch (IOException e) {
        // The connection or the door is closed.
      }
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
