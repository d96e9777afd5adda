package dev.odometer.files.azure;

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

/** Files as block blobs of a storage account. */
record AzureFileStore(HttpStore http, URI account) implements FileStore {

    /** Azure takes 50,000 blocks: files of up to 390 GiB. */
    static final int BLOCK_BYTES = 8 * 1024 * 1024;

    /** The first with all that is used here; every later server knows it. */
    private static final String API = "2021-08-06";

    Call call(String method, FileName name, String query) {
        URI uri = URI.create(
                account + "/" + ObjectNames.escaped(name.container()) + "/" + ObjectNames.path(name.key()) + query);
        return Call.of(method, uri).header("x-ms-version", API);
    }

    /** Azure takes a backslash for a slash, and may leave out dots and slashes at ends. */
    private static void check(FileName name) {
        ObjectNames.check(name);
        if (name.key().matches(".*(\\\\|\\./|[./]$).*")) {
            throw Refusal.invalid("no blob can have that name: " + Refusal.quote(name.key()));
        }
    }

    @Override
    public FileContent open(FileName name, @Nullable String version, long from) {
        check(name);
        return new ObjectReader(http, new Wire(name)).open(name.key(), version, from);
    }

    private final class Wire implements ObjectReader.Wire {

        private final FileName name;

        Wire(FileName name) {
            this.name = name;
        }

        @Override
        public Call get(@Nullable String version) {
            Call get = call("GET", name, "");
            return version == null ? get : get.header("If-Match", "\"" + bare(version) + "\"");
        }

        @Override
        public String version(Reply reply) throws IOException {
            return bare(reply.required("ETag"));
        }
    }

    /** As Event Grid has it; what cannot stand in a header is no ETag. */
    private static String bare(String etag) {
        return etag.replaceAll("[^!#-~]", "");
    }

    @Override
    public void write(FileName name, String contentType, Content content) {
        check(name);
        Upload.write(new BlockUpload(this, name, contentType), BLOCK_BYTES, content, name.key());
    }
}
