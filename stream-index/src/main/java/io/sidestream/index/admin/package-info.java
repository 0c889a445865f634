/** The pages of the index at its admin port: generations, IDs, items. */
package io.sidestream.index.admin;
