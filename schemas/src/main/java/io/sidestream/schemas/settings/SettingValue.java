package io.sidestream.schemas.settings;

/**
 * A setting that is in effect.
 *
 * @param text what it is set to; of a secret in {@link SettingValues#effective} a mask
 * @param origin where that comes from, for example {@code SIDESTREAM_TRAINER_SEED}
 */
public record SettingValue(String key, String text, String origin, boolean secret) {
  private static final String MASK = "********";

  SettingValue masked() {
    return secret ? new SettingValue(key, MASK, origin, true) : this;
  }
}
