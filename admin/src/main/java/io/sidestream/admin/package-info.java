/** What every process tells about itself over HTTP: health, metrics, pages of its own. */
package io.sidestream.admin;
