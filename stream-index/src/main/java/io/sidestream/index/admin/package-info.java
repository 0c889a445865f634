/** The admin HTTP port of the index: health, metrics, generations, lookups. */
package io.sidestream.index.admin;
