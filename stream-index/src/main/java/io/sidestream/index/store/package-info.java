/** RocksDB: the items of each generation, and the offsets up to which changes are applied. */
package io.sidestream.index.store;
