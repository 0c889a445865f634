/** What people and probes see of the index: health, metrics, generations, which item is where. */
package io.sidestream.index.admin;
