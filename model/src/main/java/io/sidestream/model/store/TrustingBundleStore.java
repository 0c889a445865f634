package io.sidestream.model.store;

import io.sidestream.model.bundle.BundleReader;
import io.sidestream.model.bundle.BundleWriter;
import io.sidestream.schemas.Generation;
import java.io.IOException;
import java.nio.file.Path;
import java.security.PublicKey;
import java.util.List;

/** A store that gives out bundles alone that a trusted key has signed. */
record TrustingBundleStore(BundleStore store, List<PublicKey> trusted) implements BundleStore {
  TrustingBundleStore {
    trusted = List.copyOf(trusted);
  }

  @Override
  public Path staging() {
    return store.staging();
  }

  @Override
  public void publish(BundleWriter sealed) throws IOException {
    store.publish(sealed);
  }

  @Override
  public Path fetch(Generation generation, String manifestSha256) throws IOException {
    Path bundle = store.fetch(generation, manifestSha256);
    BundleReader.verifySignature(bundle, manifestSha256, trusted);
    return bundle;
  }

  @Override
  public boolean discard(Generation generation, String manifestSha256) throws IOException {
    return store.discard(generation, manifestSha256);
  }

  @Override
  public List<Generation> generations() throws IOException {
    return store.generations();
  }

  @Override
  public void delete(Generation generation) throws IOException {
    store.delete(generation);
  }

  @Override
  public String location() {
    return store.location();
  }

  @Override
  public void close() {
    store.close();
  }
}
