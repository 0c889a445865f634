/** The coding job: items to their codes in each generation alive. */
package io.sidestream.ingest.coding;
