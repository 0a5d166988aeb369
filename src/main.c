#include <stdio.h>

int main(void)
{
    puts("lifscope " LIFSCOPE_VERSION);
    return 0;
}
