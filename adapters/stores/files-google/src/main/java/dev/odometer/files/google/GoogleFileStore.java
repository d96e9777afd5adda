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

/** A file store in Google Cloud Storage, with files as objects of buckets. */
record GoogleFileStore(HttpStore http, URI endpoint) implements FileStore {

    /** Must be a multiple of 256 KiB, except for the last chunk of an upload. */
    static final int CHUNK_BYTES = 8 * 1024 * 1024;

    @Override
    public FileContent open(FileName name, @Nullable String version, long from) {
        ObjectNames.check(name);
        if (version != null && !version.matches("[0-9]{1,19}")) {
            throw Refusal.notFound("invalid version of a file: " + Refusal.quote(version));
        }
        return new ObjectReader(http, new Media(name)).open(name.key(), version, from);
    }

    private URI uri(FileName name, String query) {
        return URI.create(endpoint + "/storage/v1/b/" + ObjectNames.escaped(name.container()) + "/o/"
                + ObjectNames.escaped(name.key()) + query);
    }

    private final class Media implements ObjectReader.Protocol {

        private final FileName name;

        Media(FileName name) {
            this.name = name;
        }

        /**
         * Requests the version by a precondition and not by the parameter {@code generation}, which would also return
         * noncurrent versions of a versioned bucket.
         */
        @Override
        public Call get(@Nullable String version) {
            String condition = version == null ? "" : "&ifGenerationMatch=" + version;
            // Prevents decompressive transcoding of objects that are stored compressed, which does not support ranges.
            return Call.of("GET", uri(name, "?alt=media" + condition)).header("Accept-Encoding", "gzip");
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

    @Override
    public void delete(FileName name) {
        ObjectNames.check(name);
        http.delete(Call.of("DELETE", uri(name, "")), name.key());
    }
}
