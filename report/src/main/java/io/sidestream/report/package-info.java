/** What experiments found, as values, and how people see it: JSON, plain tables, one page. */
package io.sidestream.report;
