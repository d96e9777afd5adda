/**
 * A file store in Azure Blob Storage, with files as block blobs. It uses the documented REST API and not Azure's client
 * library, which would add Reactor and an HTTP client such as Netty for three operations. Credentials are a managed
 * identity, an account key or a shared access signature. A version is an ETag, with or without quotation marks. A file
 * that is larger than one block is staged in blocks, which are not visible before they are committed.
 */
@NullMarked
package dev.odometer.files.azure;

import org.jspecify.annotations.NullMarked;
