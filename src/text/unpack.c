/* A gzip file is one member or several one after the other (cat a.gz b.gz, and what bgzip and pigz write).
 * Anything else behind a whole member is padding, as gunzip sees it, too. */
#include "unpack.h"

#include "text/input.h"

#include <stdlib.h>
#include <zlib.h>

#include "base/number.h"
#include "base/xalloc.h"

#define GZIP_ONLY (16 + MAX_WBITS)

struct unpack {
    z_stream stream;
    bool whole; /* the member that began last has ended, or none has begun */
    bool later; /* a member has ended before */
    unsigned long long out;
};

bool unpack_is_packed(const char *bytes, size_t length)
{
    return length >= 2 && (unsigned char)bytes[0] == 0x1f && (unsigned char)bytes[1] == 0x8b;
}

struct unpack *unpack_new(void)
{
    struct unpack *unpack = xcalloc(1, sizeof *unpack);
    unpack->whole = true;
    if (inflateInit2(&unpack->stream, GZIP_ONLY) != Z_OK)
        xalloc((size_t)-1); /* its only reason is memory */
    return unpack;
}

void unpack_free(struct unpack *unpack)
{
    if (!unpack)
        return;
    inflateEnd(&unpack->stream);
    free(unpack);
}

bool unpack_is_hungry(const struct unpack *unpack)
{
    return unpack->stream.avail_in == 0;
}

void unpack_feed(struct unpack *unpack, const char *bytes, size_t length)
{
    unpack->stream.next_in = (Bytef *)(size_t)bytes;
    unpack->stream.avail_in = (uInt)length;
}

bool unpack_take(struct unpack *unpack, char *out, size_t size, size_t *got, bool *ended, struct error *error)
{
    z_stream *stream = &unpack->stream;
    char count[NUMBER_HUMAN];
    stream->next_out = (Bytef *)out;
    stream->avail_out = (uInt)size;
    *got = 0;
    *ended = false;
    int result = Z_OK;
    while (stream->avail_in > 0 && stream->avail_out > 0 && result == Z_OK) {
        unpack->whole = false;
        result = inflate(stream, Z_NO_FLUSH);
        if (result == Z_STREAM_END) {
            unpack->whole = unpack->later = true;
            result = inflateReset(stream);
        }
    }
    *got = size - stream->avail_out;
    unpack->out += *got;
    if (result == Z_OK || result == Z_BUF_ERROR)
        return true;
    if (unpack->later && stream->total_out == 0) {
        unpack->whole = *ended = true;
        return true;
    }
    return error_set(error, "the compressed data are damaged after %s bytes of text; gunzip -t says more",
                     number_grouped(count, unpack->out));
}

bool unpack_finish(const struct unpack *unpack, struct error *error)
{
    return unpack->whole || error_set(error, "the compressed data end too early; the file is cut off");
}

const char *input_library(void)
{
    return zlibVersion();
}
