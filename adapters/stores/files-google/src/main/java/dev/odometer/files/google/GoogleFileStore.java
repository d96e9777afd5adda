package dev.odometer.files.google;

import dev.odometer.files.http.Call;
import dev.odometer.files.http.HttpStore;
import dev.odometer.files.http.ObjectNames;
import dev.odometer.files.http.ObjectReader;
import dev.odometer.files.http.Reply;
import dev.odometer.files.http.Upload;
import dev.odometer.functions.file.FileContent;
import dev.odometer.functions.file.FileName;
import dev.odometer.functions.file.FileStore;
import dev.odometer.functions.refusal.Refusal;
import java.io.IOException;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/** Files as objects of Cloud Storage's buckets. */
record GoogleFileStore(HttpStore http, URI endpoint) implements FileStore {

    /** A multiple of 256 KiB, as chunks have to be. */
    static final int CHUNK_BYTES = 8 * 1024 * 1024;

    @Override
    public FileContent open(FileName name, @Nullable String version, long from) {
        ObjectNames.check(name);
        if (version != null && !version.matches("[0-9]{1,19}")) {
            throw Refusal.notFound("no file has that version: " + Refusal.quote(version));
        }
        return new ObjectReader(http, new Media(name)).open(name.key(), version, from);
    }

    private final class Media implements ObjectReader.Wire {

        private final FileName name;

        Media(FileName name) {
            this.name = name;
        }

        /** By the condition, not by the generation: of a bucket with versions the live one counts. */
        @Override
        public Call get(@Nullable String version) {
            String condition = version == null ? "" : "&ifGenerationMatch=" + version;
            URI uri = URI.create(endpoint + "/storage/v1/b/" + ObjectNames.escaped(name.container()) + "/o/"
                    + ObjectNames.escaped(name.key()) + "?alt=media" + condition);
            // Otherwise an object that is kept compressed is inflated on the way, and has no parts.
            return Call.of("GET", uri).header("Accept-Encoding", "gzip");
        }

        @Override
        public String version(Reply reply) throws IOException {
            return reply.required("x-goog-generation");
        }
    }

    @Override
    public void write(FileName name, String contentType, Content content) {
        ObjectNames.check(name);
        Upload.write(new ResumableUpload(this, name, contentType), CHUNK_BYTES, content, name.key());
    }
}
