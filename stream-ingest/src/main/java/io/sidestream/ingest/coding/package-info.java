/** The coding job: items to their codes in each active generation. */
package io.sidestream.ingest.coding;
