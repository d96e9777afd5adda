/**
 * A file store in one folder. A direct subfolder is a container, and a path in it is a key. Nothing outside of the
 * folder is read or written, neither by a name nor through a link. The checks do not protect against users with write
 * access to the folder who replace parts of a path during an operation. A version is a file's size and the time of its
 * last change in nanoseconds. It distinguishes all contents written by this store. Contents written by other programs
 * are distinguished if their size or their time differs; a program that resets the time can break this.
 */
@NullMarked
package dev.odometer.files.folder;

import org.jspecify.annotations.NullMarked;
