import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Enumeration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/**
 * Rewrites the jars of a folder with uncompressed entries. The zip around them compresses all of them together, so that
 * it becomes smaller, and the JVM reads classes without decompressing them. Contents, order and times of the entries stay
 * as they are, and so do signatures.
 *
 * <p>{@code java StoreJars.java <folder>}
 */
final class StoreJars {

    private StoreJars() {}

    public static void main(String[] arguments) throws IOException {
        List<Path> jars;
        try (Stream<Path> files = Files.list(Path.of(arguments[0]))) {
            jars = files.filter(file -> file.toString().endsWith(".jar")).collect(Collectors.toList());
        }
        if (jars.isEmpty()) {
            throw new IOException("no jars in " + arguments[0]);
        }
        for (Path jar : jars) {
            store(jar);
        }
    }

    private static void store(Path jar) throws IOException {
        Path stored = Files.createTempFile(jar.getParent(), "stored", null);
        try (var from = new ZipFile(jar.toFile());
                OutputStream file = new BufferedOutputStream(Files.newOutputStream(stored));
                var to = new ZipOutputStream(file)) {
            Enumeration<? extends ZipEntry> entries = from.entries();
            while (entries.hasMoreElements()) {
                copy(from, entries.nextElement(), to);
            }
        }
        Files.delete(jar);
        Files.move(stored, jar);
    }

    private static void copy(ZipFile from, ZipEntry entry, ZipOutputStream to) throws IOException {
        byte[] content;
        try (InputStream in = from.getInputStream(entry)) {
            content = in.readAllBytes();
        }
        var crc = new CRC32();
        crc.update(content);
        var copy = new ZipEntry(entry.getName());
        copy.setTimeLocal(entry.getTimeLocal());
        copy.setMethod(ZipEntry.STORED);
        copy.setSize(content.length);
        copy.setCrc(crc.getValue());
        to.putNextEntry(copy);
        to.write(content);
        to.closeEntry();
    }
}
