package io.sidestream.index.serving;

import io.sidestream.model.ranking.Answer;
import io.sidestream.model.ranking.Catalogue;
import io.sidestream.schemas.Generation;
import io.sidestream.schemas.Prompt;
import java.util.function.BiFunction;

/**
 * A generation that was opened, checked, filled from the index and warmed up.
 *
 * @param natives what is to be closed when nobody uses the generation any more
 * @param catalogue its items when it was loaded
 * @param answering answers a prompt from a catalogue of this generation; thread-safe
 */
public record LoadedGeneration(
    Generation generation,
    AutoCloseable natives,
    Catalogue catalogue,
    BiFunction<Prompt, Catalogue, Answer> answering) {}
