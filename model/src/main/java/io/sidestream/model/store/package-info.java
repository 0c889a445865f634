/** Bundle stores: where bundles are published to, and fetched from by every process. */
package io.sidestream.model.store;
