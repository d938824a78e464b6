package validate

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// fargateSize is how much memory Fargate offers with a number of CPU units.
type fargateSize struct {
	cpu int
	// low, high and step are in MiB; memory lists the amounts instead, where they follow no step.
	low, high, step int
	memory          []int
}

// fargateSizes are what Fargate offers on Linux.
// Source: https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-tasks-services.html
var fargateSizes = []fargateSize{
	{cpu: 256, memory: []int{512, 1024, 2048}},
	{cpu: 512, low: 1024, high: 4096, step: 1024},
	{cpu: 1024, low: 2048, high: 8192, step: 1024},
	{cpu: 2048, low: 4096, high: 16384, step: 1024},
	{cpu: 4096, low: 8192, high: 30720, step: 1024},
	{cpu: 8192, low: 16384, high: 61440, step: 4096},
	{cpu: 16384, low: 32768, high: 122880, step: 8192},
	{cpu: 32768, memory: []int{61440, 122880, 249856}},
}

func (s fargateSize) amounts() []int {
	if s.memory != nil {
		return s.memory
	}
	var amounts []int
	for amount := s.low; amount <= s.high; amount += s.step {
		amounts = append(amounts, amount)
	}
	return amounts
}

func (s fargateSize) String() string {
	if s.memory != nil {
		texts := make([]string, len(s.memory))
		for i, amount := range s.memory {
			texts[i] = strconv.Itoa(amount)
		}
		return strings.Join(texts, ", ")
	}
	return fmt.Sprintf("%d to %d in steps of %d", s.low, s.high, s.step)
}

// FargateMemory returns the least memory, in MiB, that Fargate offers with a number of CPU units; zero for a number that
// it does not have.
func FargateMemory(cpu int) int {
	for _, size := range fargateSizes {
		if size.cpu == cpu {
			return size.amounts()[0]
		}
	}
	return 0
}

// FargateSize checks that Fargate offers an amount of memory, in MiB, together with a number of CPU units that it has.
func FargateSize(path Path, cpu, memory int) Problems {
	for _, size := range fargateSizes {
		if size.cpu != cpu {
			continue
		}
		amounts := size.amounts()
		if slices.Contains(amounts, memory) {
			return nil
		}
		return Problems{Invalid(path, memory,
			fmt.Sprintf("what Fargate offers with %d CPU units: %s MiB", cpu, size), sizeFix(amounts, memory)).By("fargate-size")}
	}
	return nil
}

// sizeFix names the next amount of memory with the same CPU, or the least CPU that has the amount asked for.
func sizeFix(amounts []int, memory int) string {
	i, _ := slices.BinarySearch(amounts, memory)
	if i < len(amounts) {
		return fmt.Sprintf("use %d", amounts[i])
	}
	for _, size := range fargateSizes {
		if slices.Contains(size.amounts(), memory) {
			return fmt.Sprintf("use %d CPU units, or at most %d MiB", size.cpu, amounts[len(amounts)-1])
		}
	}
	return fmt.Sprintf("use at most %d", amounts[len(amounts)-1])
}
