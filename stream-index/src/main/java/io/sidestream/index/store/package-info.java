/** RocksDB: which items each generation knows, and how far the changes were applied. */
package io.sidestream.index.store;
