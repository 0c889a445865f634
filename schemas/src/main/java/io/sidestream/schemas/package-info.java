/** What the applications agree on: identifiers, events, requests and answers as plain records. */
package io.sidestream.schemas;
