package io.sidestream.index.serving;

import io.sidestream.schemas.GenerationAnnouncement;

/**
 * State of one generation in this process.
 *
 * @param reason of its refusal here, else that of the announcement
 */
public record GenerationReport(
    GenerationAnnouncement announcement, GenerationRole role, String reason) {}
