package io.sidestream.model.terms;

import java.lang.Character.UnicodeScript;
import java.util.EnumSet;
import java.util.Set;

/** Characters of scripts whose words no blanks part, or, in Korean, part into more than words. */
public final class UnspacedScripts {
  private static final Set<UnicodeScript> SCRIPTS =
      EnumSet.of(
          UnicodeScript.HAN,
          UnicodeScript.HIRAGANA,
          UnicodeScript.KATAKANA,
          UnicodeScript.BOPOMOFO,
          UnicodeScript.HANGUL,
          UnicodeScript.THAI,
          UnicodeScript.LAO,
          UnicodeScript.KHMER,
          UnicodeScript.MYANMAR);
  private static final int FIRST = 0x0e00; // of the Thai block; all others come later
  private static final int PROLONGED_SOUND = 0x30fc; // of two scripts, so of none

  private UnspacedScripts() {}

  /** Whether a character is of one of them. */
  public static boolean have(int point) {
    return point >= FIRST
        && (point == PROLONGED_SOUND || SCRIPTS.contains(UnicodeScript.of(point)));
  }
}
