package io.sidestream.index.serving;

import io.sidestream.schemas.GenerationAnnouncement;

/**
 * How one generation stands here.
 *
 * @param reason why it was refused here, else the announcement's reason
 */
public record GenerationReport(
    GenerationAnnouncement announcement, GenerationRole role, String reason) {}
