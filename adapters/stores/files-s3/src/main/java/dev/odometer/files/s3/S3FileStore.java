package dev.odometer.files.s3;

import dev.odometer.files.http.Call;
import dev.odometer.files.http.HttpStore;
import dev.odometer.files.http.ObjectNames;
import dev.odometer.files.http.ObjectReader;
import dev.odometer.files.http.Reply;
import dev.odometer.files.http.Upload;
import dev.odometer.functions.file.FileContent;
import dev.odometer.functions.file.FileName;
import dev.odometer.functions.file.FileStore;
import java.io.IOException;
import java.net.URI;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.regions.ServiceMetadata;
import software.amazon.awssdk.regions.providers.DefaultAwsRegionProviderChain;

/** A file store in S3, with files as objects of buckets. */
final class S3FileStore implements FileStore {

    /** S3 requires parts of at least 5 MiB and allows 10,000 of them, so files have at most 78 GiB. */
    static final int PART_BYTES = 8 * 1024 * 1024;

    private static final Pattern BARE_ETAG = Pattern.compile("[0-9a-fA-F]{32}(-[0-9]{1,5})?");
    private static final Pattern QUOTED_ETAG = Pattern.compile("\"[!#-~]+\"");

    private final S3Settings settings;
    private final HttpStore.Limits limits;
    private @Nullable Connection connection;

    /** The parts that are resolved with the first file. */
    private record Connection(HttpStore http, URI endpoint) {}

    S3FileStore(S3Settings settings, HttpStore.Limits limits) {
        this.settings = settings;
        this.limits = limits;
    }

    /**
     * Created lazily, because resolving the region and credentials can need the network, which would slow down cold
     * starts.
     */
    private synchronized Connection connection() {
        if (connection == null) {
            String region = settings.region().isEmpty()
                    ? DefaultAwsRegionProviderChain.builder()
                            .build()
                            .getRegion()
                            .id()
                    : settings.region();
            URI endpoint = settings.endpoint()
                    .orElseGet(() ->
                            URI.create("https://" + ServiceMetadata.of("s3").endpointFor(Region.of(region))));
            connection = new Connection(new HttpStore(Signature.byDefault(region), limits), endpoint);
        }
        return connection;
    }

    HttpStore http() {
        return connection().http();
    }

    /**
     * A bucket with a dot is always put in the path, because S3's wildcard certificate does not cover its host name.
     */
    URI uri(FileName name, String query) {
        URI endpoint = connection().endpoint();
        boolean inPath = settings.pathStyle() || name.container().contains(".");
        String host = inPath ? endpoint.getRawAuthority() : name.container() + "." + endpoint.getRawAuthority();
        String bucket = inPath ? "/" + name.container() : "";
        return URI.create(endpoint.getScheme() + "://" + host + bucket + "/" + ObjectNames.path(name.key()) + query);
    }

    @Override
    public FileContent open(FileName name, @Nullable String version, long from) {
        ObjectNames.check(name);
        return new ObjectReader(http(), new Wire(name, version)).open(name.key(), version, from);
    }

    private final class Wire implements ObjectReader.Protocol {

        private final FileName name;
        private final @Nullable String requested;

        Wire(FileName name, @Nullable String requested) {
            this.name = name;
            this.requested = requested;
        }

        @Override
        public Call get(@Nullable String version) {
            if (version == null) {
                return Call.of("GET", uri(name, ""));
            }
            boolean isBare = BARE_ETAG.matcher(version).matches();
            return isBare || QUOTED_ETAG.matcher(version).matches()
                    ? Call.of("GET", uri(name, "")).header("If-Match", isBare ? "\"" + version + "\"" : version)
                    : Call.of("GET", uri(name, "?versionId=" + ObjectNames.escaped(version)));
        }

        /**
         * Returns the requested version or the ETag. An ETag that could be confused with a version id keeps its quotes.
         */
        @Override
        public String version(Reply reply) throws IOException {
            if (requested != null) {
                return requested;
            }
            String etag = reply.required("ETag");
            String bare = etag.replace("\"", "");
            return BARE_ETAG.matcher(bare).matches() ? bare : etag;
        }
    }

    @Override
    public void write(FileName name, String contentType, Content content) {
        ObjectNames.check(name);
        Upload.write(new MultipartUpload(this, name, contentType), PART_BYTES, content, name.key());
    }

    @Override
    public void delete(FileName name) {
        ObjectNames.check(name);
        http().delete(Call.of("DELETE", uri(name, "")), name.key());
    }
}
