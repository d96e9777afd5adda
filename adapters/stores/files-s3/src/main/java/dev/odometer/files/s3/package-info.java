/**
 * A file store in S3 and S3-compatible stores. It implements the six operations that it needs, and uses the AWS SDK
 * only for credentials and signing. The SDK's S3 client would be the largest deployed jar (4.2 MiB), for the same
 * operations.
 *
 * <p>A version is an ETag, or a version id if one was requested. A value in quotation marks, and 32 hexadecimal digits
 * with an optional number of parts, is an ETag; any other value is a version id. The same content has the same ETag, so
 * a file that is written again with the same content keeps its version.
 */
@NullMarked
package dev.odometer.files.s3;

import org.jspecify.annotations.NullMarked;
