/**
 * Files in the direct subfolders of one folder: a subfolder is a container, a path in it a key. Nothing outside of the
 * folder is read or written, whatever a name says and wherever a link leads; whoever may change the folder is trusted
 * not to swap parts of a path while it is used. A version is size and time of the last change in nanoseconds: it tells
 * any two contents apart that are written here, and those that somebody else writes as far as the file system's clock
 * ticks in between or the size differs. A writer that sets back the time can fool it.
 */
@NullMarked
package dev.odometer.files.folder;

import org.jspecify.annotations.NullMarked;
