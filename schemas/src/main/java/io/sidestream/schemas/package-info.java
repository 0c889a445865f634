/** The contract of the applications: ids, events, requests and replies as plain records. */
package io.sidestream.schemas;
