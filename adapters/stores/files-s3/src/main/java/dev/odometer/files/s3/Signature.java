package dev.odometer.files.s3;

import dev.odometer.files.http.Call;
import dev.odometer.files.http.RequestSigner;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;

/** Signs calls with AWS Signature Version 4, including the body. */
record Signature(AwsCredentialsProvider credentials, String region) implements RequestSigner {

    private static final AwsV4HttpSigner SIGNER = AwsV4HttpSigner.create();
    /** The error codes of S3 for invalid keys, tokens or clocks. */
    private static final Pattern CREDENTIAL_ERRORS =
            Pattern.compile("<Code>(ExpiredToken|InvalidToken|InvalidAccessKeyId"
                    + "|SignatureDoesNotMatch|RequestTimeTooSkewed|RequestTimeout|TokenRefreshRequired)</Code>");

    /**
     * Uses the default credentials provider chain. Created here and not in {@link S3FileStore}, so that creating the
     * store does not load classes of the AWS SDK.
     */
    static Signature byDefault(String region) {
        return new Signature(DefaultCredentialsProvider.builder().build(), region);
    }

    @Override
    public Call sign(Call call) throws IOException {
        try {
            var identity = credentials.resolveCredentials();
            var request = SdkHttpRequest.builder()
                    .method(SdkHttpMethod.fromValue(call.method()))
                    .uri(call.uri());
            call.headers().forEach(request::putHeader);
            var signed = SIGNER.sign(sign -> sign.identity(identity)
                    .request(request.build())
                    .payload(() -> new ByteArrayInputStream(call.body(), 0, call.length()))
                    .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, "s3")
                    .putProperty(AwsV4HttpSigner.REGION_NAME, region)
                    .putProperty(AwsV4HttpSigner.DOUBLE_URL_ENCODE, false)
                    .putProperty(AwsV4HttpSigner.NORMALIZE_PATH, false));
            Call result = call;
            for (Map.Entry<String, List<String>> header :
                    signed.request().headers().entrySet()) {
                if (!header.getKey().equalsIgnoreCase("Host")) {
                    result = result.header(header.getKey(), String.join(",", header.getValue()));
                }
            }
            return result;
        } catch (SdkException failure) {
            throw new IOException("no AWS credentials are available", failure);
        }
    }

    @Override
    public boolean isCredentialError(int status, String text) {
        return CREDENTIAL_ERRORS.matcher(text).find();
    }
}
