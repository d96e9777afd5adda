/**
 * Files in S3, and in stores that speak its protocol. The protocol is spoken here, over six operations; who calls and how
 * that is signed is AWS's own code, of the same version as its other clients. Its client for S3 would be the largest jar
 * (4.2 MiB) of what is deployed, for the same operations.
 *
 * <p>A version is an ETag, or a version id if one was asked for: what is in quotation marks or has 32 hexadecimal digits,
 * with a number of parts or without, is an ETag and everything else is a version id. An ETag is the same for the same
 * content, so a file that is written anew as it was is the same version.
 */
@NullMarked
package dev.odometer.files.s3;

import org.jspecify.annotations.NullMarked;
