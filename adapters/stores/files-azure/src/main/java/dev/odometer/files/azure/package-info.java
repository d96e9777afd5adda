/**
 * Files in Azure Blob Storage, as block blobs, over its documented REST API and without a library: Azure's client would
 * bring Reactor, and Netty or another HTTP client, for three operations. Who calls is said by the identity of the machine or
 * the function app, an account key, or a shared access signature. A version is an ETag, in quotation marks or without. What
 * is longer than a part is staged in blocks that nobody sees before their list is put.
 */
@NullMarked
package dev.odometer.files.azure;

import org.jspecify.annotations.NullMarked;
