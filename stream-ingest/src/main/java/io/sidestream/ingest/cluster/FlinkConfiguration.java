package io.sidestream.ingest.cluster;

import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.GlobalConfiguration;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.plugin.PluginUtils;

/** Flink's own configuration of this process, where {@code FLINK_CONF_DIR} names one. */
final class FlinkConfiguration {
  private FlinkConfiguration() {}

  /**
   * Reads it, and makes known the file systems that {@code FLINK_PLUGINS_DIR} holds: checkpoints
   * may lie on them.
   */
  static Configuration load() {
    Configuration flink = GlobalConfiguration.loadConfiguration();
    FileSystem.initialize(flink, PluginUtils.createPluginManagerFromRootFolder(flink));
    return flink;
  }
}
