/**
 * A file store in Google Cloud Storage. It uses the documented JSON API and no client library: media downloads,
 * resumable uploads in chunks, and tokens of the service account from the metadata server. A version is an object's
 * generation.
 */
@NullMarked
package dev.odometer.files.google;

import org.jspecify.annotations.NullMarked;
