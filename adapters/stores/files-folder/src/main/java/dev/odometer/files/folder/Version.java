package dev.odometer.files.folder;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.concurrent.TimeUnit;

/** The version of a file: its size in bytes and the time of its last change in nanoseconds since 1970. */
record Version(long size, long changedNanos) {

    /** The version of the file with this path; links are not followed. */
    static Version of(Path file) throws IOException {
        return of(Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS));
    }

    static Version of(BasicFileAttributes attributes) {
        return new Version(attributes.size(), attributes.lastModifiedTime().to(TimeUnit.NANOSECONDS));
    }

    @Override
    public String toString() {
        return size + "-" + changedNanos;
    }
}
