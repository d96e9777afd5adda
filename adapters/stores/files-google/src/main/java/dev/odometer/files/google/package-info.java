/**
 * Files in Google Cloud Storage, over its documented JSON API and without a library: downloads of media, resumable uploads
 * in chunks, and tokens of the service account from the metadata server. A version is an object's generation.
 */
@NullMarked
package dev.odometer.files.google;

import org.jspecify.annotations.NullMarked;
