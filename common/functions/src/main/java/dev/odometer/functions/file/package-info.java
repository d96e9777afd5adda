/**
 * Files, identified by container, key and version. They are read as streams from any byte and written atomically. An
 * adapter implements the store: a folder or a cloud's object store.
 */
@NullMarked
package dev.odometer.functions.file;

import org.jspecify.annotations.NullMarked;
